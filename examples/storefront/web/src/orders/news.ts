export class News {
    private readonly source = new EventSource("https://stream.example.com/notifications");

    listen(show: (text: string) => void): void {
        this.source.onmessage = (event) => show(event.data);
    }
}
