namespace Quartier.Mqtt.Admission;

/// <summary>How many connections each owner has. Nobody in particular, the empty owner, is not limited here.</summary>
internal sealed class OwnerBook(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Connections of an owner at present.</summary>
    public int Count(string owner)
    {
        lock (_gate)
        {
            return _open.GetValueOrDefault(owner);
        }
    }

    /// <summary>One more; false when the owner has as many as it may.</summary>
    public bool TryEnter(string owner)
    {
        if (owner.Length == 0)
        {
            return true;
        }

        lock (_gate)
        {
            var open = _open.GetValueOrDefault(owner);
            if (open >= most)
            {
                return false;
            }

            _open[owner] = open + 1;
            return true;
        }
    }

    /// <summary>One fewer.</summary>
    public void Leave(string owner)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(owner, out var open) && open > 1)
            {
                _open[owner] = open - 1;
            }
            else
            {
                _open.Remove(owner);
            }
        }
    }
}
