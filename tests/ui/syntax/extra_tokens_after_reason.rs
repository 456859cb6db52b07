csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com" => "the API" "of the shop"];
}

fn main() {}
