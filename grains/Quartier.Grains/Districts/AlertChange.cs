using Quartier.Contracts.Alerts;

namespace Quartier.Grains.Districts;

/// <summary>An alert as it was recorded, null when it was not, and as it is from now on.</summary>
internal readonly record struct AlertChange(Alert? Before, Alert After);
