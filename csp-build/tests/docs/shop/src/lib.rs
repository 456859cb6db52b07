mod csp;

const CHARGES: Endpoint = csp_runtime::endpoint!(csp::BACKEND, "https://payments.example.net/v1/charges");
const HOOK: Endpoint = csp_runtime::endpoint!(ELSEWHERE, "https://hooks.example.net/shop");
