namespace Quartier.Grains.Cities;

/// <summary>One grain that is to be told of a change.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id; a sensor's as <c>gateway/sensor</c>.</param>
internal readonly record struct Announcement(AnnouncedKind Kind, string Id);
