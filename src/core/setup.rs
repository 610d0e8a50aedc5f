//! Setting the service up: who runs it, which crews there are, where it serves.
pub(super) mod admins;
pub(super) mod bind;
pub(super) mod crews;
pub(super) mod districts;
pub(super) mod greet;
pub(super) mod guide;
pub(super) mod hotline;
pub(super) mod trial;
