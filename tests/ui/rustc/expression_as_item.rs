csp_runtime::connect_src!(self, "https://api.example.com");

fn main() {}
