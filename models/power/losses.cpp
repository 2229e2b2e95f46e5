#include "models/power/losses.hpp"

#include "models/base/error.hpp"

namespace aidc {

double loss_W(LossCurve const& curve, double load_W)
{
    AIDC_EXPECT(curve.rating_W > 0.0 && load_W >= 0.0);
    double const x = load_W / curve.rating_W;
    return curve.rating_W * (curve.no_load + x * (curve.proportional + x * curve.square));
}

double shared_loss_W(LossCurve const& curve, double units, double load_W)
{
    AIDC_EXPECT(units >= 0.0 && load_W >= 0.0);
    if (units == 0.0) {
        AIDC_EXPECT(load_W == 0.0);
        return 0.0;
    }
    return units * loss_W(curve, load_W / units);
}

double efficiency(LossCurve const& curve, double load_W)
{
    double const lost_W = loss_W(curve, load_W);
    return load_W == 0.0 ? 0.0 : load_W / (load_W + lost_W);
}

} // namespace aidc
