using System.Collections.Immutable;

namespace Quartier.Grains.Policies;

/// <summary>What a city's policy grain keeps: which versions it has recorded as having come into force.</summary>
[GenerateSerializer, Alias("quartier.PolicyProgress")]
public sealed class PolicyProgress
{
    /// <summary>Approved versions with an earlier time are all recorded, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    [Id(0)]
    public long RecordedToMs { get; set; }

    /// <summary>Versions of exactly that time that are recorded, as <c>district/version</c>.</summary>
    [Id(1)]
    public ImmutableArray<string> RecordedAt { get; set; } = [];
}
