//! Which addresses belong to the public internet, and which are somebody's inside.
//!
//! Sources: the IANA special-purpose registries,
//! <https://www.iana.org/assignments/iana-ipv4-special-registry> and
//! <https://www.iana.org/assignments/iana-ipv6-special-registry>.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Blocks of IPv4 that are not the public internet: first address, prefix length.
const SPECIAL_V4: [([u8; 4], u32); 15] = [
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // carrier-grade NAT
    ([127, 0, 0, 0], 8),     // loopback
    ([169, 254, 0, 0], 16),  // link-local, cloud metadata
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // 6to4 relays
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // multicast
    ([240, 0, 0, 0], 4),     // reserved, broadcast
];

/// The IPv4 address that an IPv6 address leads to, for the ways in which one hides in the other:
/// mapped, compatible, 6to4 and NAT64. An address that hides none stays as it is.
pub(super) fn unwrap(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else {
        return address;
    };
    let segments = v6.segments();
    let (first, last) = (&segments[..6], (segments[6], segments[7]));
    let hidden = match first {
        [0, 0, 0, 0, 0, 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0] => Some(last),
        [0, 0, 0, 0, 0, 0] if last.0 != 0 => Some(last),
        [0x2002, high, low, ..] => Some((*high, *low)),
        _ => None,
    };
    match hidden {
        Some((high, low)) => IpAddr::V4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        None => address,
    }
}

/// Whether `address`, already passed through [`unwrap`], is one of the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !SPECIAL_V4.iter().any(|(first, length)| within(v4, *first, *length)),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn within(address: Ipv4Addr, first: [u8; 4], length: u32) -> bool {
    let mask = u32::MAX << (32 - length);
    u32::from(address) & mask == u32::from_be_bytes(first)
}

/// Only 2000::/3 is given out; of that, the special blocks are taken away.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    match first {
        0x2001 => second >= 0x0200 && second != 0x0db8, // protocols (Teredo, ORCHID), documentation
        0x2002 => false,                                // 6to4
        0x3fff => second >= 0x1000,                     // documentation
        _ => first & 0xe000 == 0x2000,
    }
}
