//! Where the shop's pages may connect.

csp_runtime::connect_src! {
    /// Everything the pages may talk to. Take a source out, and the build names the calls that need it.
    #[scanned]
    pub static SHOP = [
        self,
        "https://api.example.com",
        "https://stream.example.com",
        "wss://ws.example.com" => "orders as they change",
        #[cfg(debug_assertions)] "ws://localhost:5173" => "the development server's reload",
    ];
}
