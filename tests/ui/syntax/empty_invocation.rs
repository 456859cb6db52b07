csp_runtime::connect_src! {}

fn main() {}
