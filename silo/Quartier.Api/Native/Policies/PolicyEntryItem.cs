namespace Quartier.Api.Native.Policies;

/// <summary>One entry of what holds in a district.</summary>
internal sealed record PolicyEntryItem(string Kind, string Id, string Origin, string Text);
