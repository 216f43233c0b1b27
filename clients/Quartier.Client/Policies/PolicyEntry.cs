namespace Quartier.Client.Policies;

/// <summary>One entry of what holds in a district.</summary>
/// <param name="Kind"><c>purpose</c>, <c>stream</c>, <c>grant</c>, <c>denial</c>, <c>contract</c>, <c>zone</c> or <c>publication</c>.</param>
/// <param name="Id">The entry's id.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Text">What it says.</param>
public sealed record PolicyEntry(
    string Kind,
    string Id,
    string Origin,
    string Text);
