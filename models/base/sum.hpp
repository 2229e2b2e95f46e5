#pragma once
/// \file
/// Sums of very many small terms.

#include <cmath>

namespace aidc {

/// Compensated sum: its error does not grow with the number of terms, so a total does not depend on how finely it was cut.
///
/// Source: A. Neumaier, ZAMM 54 (1974) 39-51, improved Kahan-Babuska summation.
class Sum {
  public:
    Sum() = default;
    Sum(double value) : sum_(value) {}

    Sum& operator+=(double term)
    {
        double const next = sum_ + term;
        compensation_ += std::abs(sum_) >= std::abs(term) ? (sum_ - next) + term : (term - next) + sum_;
        sum_ = next;
        return *this;
    }
    Sum& operator*=(double factor)
    {
        sum_ *= factor;
        compensation_ *= factor;
        return *this;
    }
    operator double() const { return sum_ + compensation_; }

  private:
    double sum_ = 0.0;
    double compensation_ = 0.0;
};

} // namespace aidc
