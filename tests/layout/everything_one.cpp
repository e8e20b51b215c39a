#include <jiedui/hours/attestation_verifier.hpp>
#include <jiedui/jiedui.hpp>
#if __has_include(<jiedui/network/boost.hpp>)
#include <jiedui/network/boost.hpp>
#endif

int main() {}
