export interface Session {
    name: string;
}

/** Who is logged in: this server knows. */
export async function session(): Promise<Session> {
    const response = await fetch("/api/session");
    return response.json();
}
