using Quartier.Api.Native.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Why;

/// <summary>A decision, explained.</summary>
internal sealed record WhyAnswer(
    string Principal,
    string? Purpose,
    string Stream,
    string District,
    string Resolution,
    bool Permitted,
    string? Reason,
    string? Policy,
    string? Grant,
    BilingualText Explanation,
    BilingualText? Remedy,
    ObligationsItem? Obligations,
    WhyStep[] Steps);
