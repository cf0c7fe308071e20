#include "run/run.hpp"
