namespace Quartier.Client.Retention;

/// <summary>What expires in one district.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district; empty for sensors that are no longer registered.</param>
/// <param name="NextExpiry">ISO date (UTC) on whose end something expires next.</param>
/// <param name="Days">The days on which something expires, ascending.</param>
public sealed record DistrictRetention(string City, string District, string NextExpiry, IReadOnlyList<ExpiryDay> Days);
