-- Reports as Chromium sends them. argv[1] is how many hosts were blocked: with 1 all are the same; 0 is a new host for each.
local hosts = 1
local number = 0

function init(arguments)
    hosts = tonumber(arguments[1]) or 1
end

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/csp-report"
wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"

local before = [[{"csp-report":{"document-uri":"https://shop.example.com/cart?token=secret","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"connect-src 'self' https://api.example.com wss://ws.example.com; report-uri /__csp/report","disposition":"enforce","blocked-uri":"https://h]]
local after = [[.example.net/notifications?key=secret","line-number":9,"column-number":13,"source-file":"https://shop.example.com/app.js","status-code":200,"script-sample":""}}]]
local made = {}

function request()
    number = number + 1
    if hosts == 0 then
        return wrk.format(nil, nil, nil, before .. number .. after)
    end
    local host = number % hosts
    made[host] = made[host] or wrk.format(nil, nil, nil, before .. host .. after)
    return made[host]
end
