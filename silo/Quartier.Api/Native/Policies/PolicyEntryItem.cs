namespace Quartier.Api.Native.Policies;

/// <summary>One entry of what holds in a district.</summary>
/// <param name="Kind"><c>purpose</c>, <c>stream</c>, <c>grant</c>, <c>denial</c>, <c>contract</c>, <c>zone</c> or <c>publication</c>.</param>
/// <param name="Id">The entry's id.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Text">What it says, in the words of the files.</param>
/// <param name="TextDe">The same as a German sentence.</param>
internal sealed record PolicyEntryItem(string Kind, string Id, string Origin, string Text, string TextDe);
