using Quartier.Contracts.Live;

namespace Grains.Tests.Fakes;

/// <summary>Notes what watchers are told.</summary>
internal sealed class RecordingFeed : ILiveFeed
{
    public List<string> Subjects { get; } = [];

    public bool IsWatched(string city) => true;

    public void Changed(string city, string subject) => Subjects.Add(subject);
}
