#include "sim/scenario/sha256.hpp"

#include "models/base/error.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

namespace aidc {

std::string sha256(std::string const& text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    AIDC_ENSURE(EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1);
    std::string hex;
    for (unsigned i = 0; i < length; ++i) {
        hex += fmt::format("{:02x}", digest[i]);
    }
    return hex;
}

} // namespace aidc
