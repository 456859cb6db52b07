#![doc = include_str!("../README.md")]

#[cfg(feature = "scan")]
pub mod scan;
