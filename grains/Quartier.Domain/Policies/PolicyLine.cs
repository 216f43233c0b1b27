namespace Quartier.Domain.Policies;

/// <summary>One entry of what holds in a district, and where it comes from.</summary>
/// <param name="Kind"><c>purpose</c>, <c>stream</c>, <c>grant</c>, <c>denial</c>, <c>contract</c>, <c>zone</c> or <c>publication</c>.</param>
/// <param name="Id">The entry's id; <c>publication</c> for that.</param>
/// <param name="Origin"><c>city</c>, <c>district</c> or <c>district, overriding city</c>; for publication <c>default</c> when nobody says anything.</param>
/// <param name="Text">What it says, in one line.</param>
public sealed record PolicyLine(string Kind, string Id, string Origin, string Text);
