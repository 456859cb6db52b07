//! Tests of the guard and of the clients and layers that come with it; see the folder `tests`.
