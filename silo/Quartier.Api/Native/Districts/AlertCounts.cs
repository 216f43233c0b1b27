namespace Quartier.Api.Native.Districts;

/// <summary>Alerts that are open.</summary>
internal sealed record AlertCounts(long Raised, long Acknowledged);
