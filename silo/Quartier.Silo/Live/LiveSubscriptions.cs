namespace Quartier.Silo.Live;

/// <summary>The cities whose live topics one client has subscribed to; each counts once, however often it subscribes.</summary>
internal sealed class LiveSubscriptions(LiveTopics topics) : IDisposable
{
    private readonly HashSet<string> _cities = new(StringComparer.Ordinal);

    /// <summary>The client subscribes.</summary>
    public void Add(string filter)
    {
        foreach (var city in topics.CitiesOf(filter).Where(_cities.Add))
        {
            topics.Join(city);
        }
    }

    /// <summary>The client has gone.</summary>
    public void Dispose()
    {
        foreach (var city in _cities)
        {
            topics.Leave(city);
        }

        _cities.Clear();
    }
}
