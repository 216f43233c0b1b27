using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Why;

/// <summary>One step of a decision.</summary>
/// <param name="Step">What was looked at: <c>credential</c>, <c>registered</c>, <c>stream</c>, <c>contract</c>, <c>purpose</c>, <c>collected-for</c>,
/// <c>denial</c>, <c>grant</c> or <c>decision</c>.</param>
/// <param name="Subject">Id of the entry that was looked at, or null.</param>
/// <param name="Passed">Whether the request passed it.</param>
/// <param name="Reason">Why not, as a word; null when it passed.</param>
/// <param name="Text">The same for people.</param>
internal sealed record WhyStep(string Step, string? Subject, bool Passed, string? Reason, BilingualText Text);
