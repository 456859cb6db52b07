//! Declarations where other items can be.
#![deny(warnings)]

use csp_runtime::{Policy, connect_src};

fn policy() -> &'static Policy {
    connect_src! {
        static POLICY = ["https://function.example.com"];
    }
    &POLICY
}

fn generic<T: Default>(_: T) -> &'static Policy {
    connect_src! {
        static POLICY = ["https://generic.example.com"];
    }
    &POLICY
}

trait Declared {
    fn policy(&self) -> &'static Policy {
        connect_src! {
            static POLICY = ["https://trait.example.com"];
        }
        &POLICY
    }
}

impl Declared for () {}

impl Declared for u8 {
    fn policy(&self) -> &'static Policy {
        connect_src!("https://u8.example.com")
    }
}

fn main() {
    connect_src! {
        static POLICY = ["https://main.example.com"];
    }
    let block = {
        connect_src! {
            static POLICY = ["https://block.example.com"];
        }
        &POLICY
    };
    assert_eq!(POLICY.header(), "connect-src https://main.example.com");
    assert_eq!(block.header(), "connect-src https://block.example.com");
    assert_eq!(policy().header(), "connect-src https://function.example.com");
    assert_eq!(generic(0).header(), "connect-src https://generic.example.com");
    assert_eq!(generic("").header(), "connect-src https://generic.example.com");
    assert_eq!(().policy().header(), "connect-src https://trait.example.com");
    assert_eq!(0u8.policy().header(), "connect-src https://u8.example.com");
}
