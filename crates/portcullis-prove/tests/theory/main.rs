//! What the theories say of a key or a resource, against all values of small domains.

#[cfg(test)]
mod cases;
#[cfg(test)]
mod globs;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod resources;
#[cfg(test)]
mod support;
