//! Core's records as other languages see them: the same fields, in the same order, each with what it is.

/// Declares records that core fills in.
macro_rules! shown {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty = $about:literal,)* })+) => {
        $($(#[$doc])*
        #[uniffi::remote(Record)]
        pub struct $name { $(#[doc = $about] pub $field: $type,)* })+
    };
}

/// Declares records that an app fills in; what it leaves out is empty.
macro_rules! written {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty = $about:literal,)* })+) => {
        $($(#[$doc])*
        #[uniffi::remote(Record)]
        pub struct $name { $(#[doc = $about] #[uniffi(default)] pub $field: $type,)* })+
    };
}

mod appointments;
mod households;
mod line;
mod matters;
mod office;
mod rounds;
mod visits;
mod waiting;
