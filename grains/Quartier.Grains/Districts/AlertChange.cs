using Quartier.Contracts.Alerts;

namespace Quartier.Grains.Districts;

/// <summary>What is to become of one alert.</summary>
/// <param name="Id">Which.</param>
/// <param name="Apply">Makes of what is recorded, null when nothing is, what is to be recorded; null leaves it as it is.</param>
internal readonly record struct AlertChange(string Id, Func<Alert?, Alert?> Apply);
