import { API } from "./config";

/** Asks the API; `path` begins with a slash. */
export async function get<T>(path: string): Promise<T> {
    const response = await fetch(`${API}${path}`, { headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
    return response.json() as Promise<T>;
}
