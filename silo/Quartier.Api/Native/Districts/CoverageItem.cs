using System.Collections.Immutable;

namespace Quartier.Api.Native.Districts;

/// <summary>How many of a district's sensors report.</summary>
/// <param name="Expected">Sensors registered.</param>
/// <param name="Reporting">Sensors heard in time, and those of which the caller may not know it.</param>
/// <param name="Silent">The others, as <c>gateway/sensor</c>, at most 1,000.</param>
internal sealed record CoverageItem(int Expected, int Reporting, ImmutableArray<string> Silent);
