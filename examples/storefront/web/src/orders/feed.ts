import { SOCKETS } from "../config";

export function follow(order: number, show: (text: string) => void): WebSocket {
    const socket = new WebSocket(`${SOCKETS}/orders/${order}`);
    socket.onmessage = (event: MessageEvent<string>) => show(event.data);
    return socket;
}
