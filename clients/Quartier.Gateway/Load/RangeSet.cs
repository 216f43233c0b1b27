namespace Quartier.Gateway.Load;

/// <summary>A set of whole numbers as sorted ranges; made for numbers that come nearly in order.</summary>
public sealed class RangeSet
{
    private readonly List<(long First, long Last)> ranges = [];

    /// <summary>How many numbers it holds.</summary>
    public long Count { get; private set; }

    /// <summary>Its ranges in order, first and last number of each; they neither overlap nor touch.</summary>
    public IReadOnlyList<(long First, long Last)> Ranges => ranges;

    /// <summary>Adds one number.</summary>
    /// <returns>False when it was there.</returns>
    public bool Add(long number)
    {
        if (ranges.Count > 0 && ranges[^1].Last == number - 1)
        {
            ranges[^1] = (ranges[^1].First, number);
            Count++;
            return true;
        }

        var index = LastRangeStartingAtOrBefore(number);
        if (index >= 0 && ranges[index].Last >= number)
        {
            return false;
        }

        Count++;
        Insert(index, number);
        return true;
    }

    /// <summary>Adds all numbers from <paramref name="first"/> to <paramref name="last"/>, none of which may be there yet.</summary>
    /// <exception cref="ArgumentException">The range is empty or not behind all others.</exception>
    public void AppendRange(long first, long last)
    {
        if (last < first || (ranges.Count > 0 && first <= ranges[^1].Last + 1))
        {
            throw new ArgumentException($"The range {first} … {last} is empty or not behind the others.", nameof(first));
        }

        ranges.Add((first, last));
        Count += last - first + 1;
    }

    /// <summary>True when the set holds the number.</summary>
    public bool Contains(long number)
    {
        var index = LastRangeStartingAtOrBefore(number);
        return index >= 0 && ranges[index].Last >= number;
    }

    private void Insert(int index, long number)
    {
        var joinsLeft = index >= 0 && ranges[index].Last == number - 1;
        var joinsRight = index + 1 < ranges.Count && ranges[index + 1].First == number + 1;
        if (joinsLeft && joinsRight)
        {
            ranges[index] = (ranges[index].First, ranges[index + 1].Last);
            ranges.RemoveAt(index + 1);
        }
        else if (joinsLeft)
        {
            ranges[index] = (ranges[index].First, number);
        }
        else if (joinsRight)
        {
            ranges[index + 1] = (number, ranges[index + 1].Last);
        }
        else
        {
            ranges.Insert(index + 1, (number, number));
        }
    }

    private int LastRangeStartingAtOrBefore(long number)
    {
        var low = 0;
        var high = ranges.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].First <= number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }
}
