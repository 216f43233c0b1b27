using System.Collections.Immutable;

namespace Quartier.Api.Native.Retention;

/// <summary>What expires in one district.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district; empty for sensors that are no longer registered.</param>
/// <param name="NextExpiry">ISO date (UTC) on whose end something expires next.</param>
/// <param name="Days">The days on which something expires, ascending.</param>
internal sealed record DistrictRetentionItem(string City, string District, string NextExpiry, ImmutableArray<ExpiryItem> Days);
