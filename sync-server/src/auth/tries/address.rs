//! From where a request comes.

use std::net::IpAddr;

use axum::http::HeaderMap;

/// What counts as one address: all of IPv4, the network of IPv6, since one household has 2⁶⁴ of those.
pub(super) fn bytes(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
    }
}

/// The client's address: the socket's, and behind a trusted proxy the last one in `X-Forwarded-For` that is not itself
/// a trusted proxy. What stands further left anybody can have written.
pub(super) fn of(socket: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let trusted = |a: &IpAddr| proxies.contains(&a.to_canonical());
    let mut at = socket;
    let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).collect();
    for named in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !trusted(&at) {
            break;
        }
        let Ok(named) = named.trim().parse() else { break };
        at = named;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn forwarded_is_believed_from_trusted_proxies_only() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "198.51.100.1, 203.0.113.9".parse().unwrap());
        headers.append("x-forwarded-for", "10.0.0.2".parse().unwrap());
        let of = |socket: &str, proxies: &[&str]| of(ip(socket), &headers, &proxies.iter().map(|p| ip(p)).collect::<Vec<_>>());
        assert_eq!(of("203.0.113.1", &[]), ip("203.0.113.1"), "nobody is trusted");
        assert_eq!(of("203.0.113.1", &["127.0.0.1"]), ip("203.0.113.1"), "this one is not");
        assert_eq!(of("127.0.0.1", &["127.0.0.1"]), ip("10.0.0.2"));
        assert_eq!(of("127.0.0.1", &["127.0.0.1", "10.0.0.2"]), ip("203.0.113.9"), "not what the client wrote itself");
        assert_eq!(of("::ffff:127.0.0.1", &["127.0.0.1"]), ip("10.0.0.2"));
        let mut bad = HeaderMap::new();
        bad.append("x-forwarded-for", "unknown".parse().unwrap());
        assert_eq!(super::of(ip("127.0.0.1"), &bad, &[ip("127.0.0.1")]), ip("127.0.0.1"));
    }

    #[test]
    fn one_network_is_one_address() {
        assert_eq!(bytes(ip("2001:db8::1")), bytes(ip("2001:db8::2")));
        assert_ne!(bytes(ip("2001:db8::1")), bytes(ip("2001:db8:0:1::1")));
        assert_eq!(bytes(ip("::ffff:192.0.2.1")), bytes(ip("192.0.2.1")));
        assert_ne!(bytes(ip("192.0.2.1")), bytes(ip("192.0.2.2")));
    }
}
