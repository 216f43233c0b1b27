using System.Collections.Immutable;

namespace Quartier.Domain.Registers;

/// <summary>To whom data are disclosed; persons are not named.</summary>
/// <param name="Id">Grant and principal; for persons a number in place of both.</param>
/// <param name="Kind"><c>public</c>, <c>office</c>, <c>role</c>, <c>contract</c> or <c>person</c>.</param>
/// <param name="Who">In German.</param>
/// <param name="Districts">Ids of the districts.</param>
/// <param name="Streams">Ids of the stream entries.</param>
/// <param name="Resolution">How fine at most, in German.</param>
/// <param name="Until">Last day (UTC).</param>
/// <param name="Onward">What is said of passing on; null for persons.</param>
public sealed record DataRecipient(
    string Id,
    string Kind,
    string Who,
    ImmutableArray<string> Districts,
    ImmutableArray<string> Streams,
    string Resolution,
    string Until,
    string? Onward);
