namespace Domain.Tests.Publication;

/// <summary>The linear equations known so far, in echelon form over the integers modulo a prime: exact, where floating point would guess.</summary>
internal sealed class RowSpace(int unknowns)
{
    private const long Prime = 2_147_483_647;

    private readonly long[]?[] _rows = new long[unknowns][];

    public void Add(long[] equation)
    {
        var rest = Reduce(equation);
        var pivot = Array.FindIndex(rest, x => x != 0);
        if (pivot < 0)
        {
            return;
        }

        var inverse = Power(rest[pivot], Prime - 2);
        _rows[pivot] = Array.ConvertAll(rest, x => x * inverse % Prime);
    }

    /// <summary>Whether the left side follows from the equations: whoever knows these knows it exactly.</summary>
    public bool Holds(long[] equation) => Array.TrueForAll(Reduce(equation), x => x == 0);

    private long[] Reduce(long[] equation)
    {
        var rest = (long[])equation.Clone();
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == 0 || _rows[i] is not { } row)
            {
                continue;
            }

            var factor = rest[i];
            for (var j = i; j < rest.Length; j++)
            {
                rest[j] = (rest[j] + ((Prime - factor) * row[j])) % Prime;
            }
        }

        return rest;
    }

    private static long Power(long x, long exponent)
    {
        var result = 1L;
        for (var square = x % Prime; exponent > 0; exponent >>= 1, square = square * square % Prime)
        {
            result = (exponent & 1) == 1 ? result * square % Prime : result;
        }

        return result;
    }
}
