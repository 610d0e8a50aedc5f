//! The page and its server side.
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::world::World;

pub(super) async fn serve(_world: &World, _path: &str, _request: Request) -> Response {
    StatusCode::NOT_FOUND.into_response()
}
