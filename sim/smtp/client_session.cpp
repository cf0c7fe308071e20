#include "smtp/client_session.hpp"
