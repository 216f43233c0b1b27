namespace Quartier.Domain.Assets;

/// <summary>The values that one asset's expressions see.</summary>
internal sealed class AssetValues
{
    private readonly double[] _values;
    private readonly double[]?[] _members;
    private readonly SlopeWindow[] _slopes;

    public AssetValues(int names, double[]?[] members, SlopeWindow[] slopes)
    {
        _values = new double[names];
        Array.Fill(_values, double.NaN);
        _members = members;
        _slopes = slopes;
    }

    public void Set(int name, double value) => _values[name] = value;

    /// <summary>The value, or NaN while it is unknown.</summary>
    public double ValueOf(int name) => _values[name];

    public double SlopeOf(int slope) => _slopes[slope].PerHour();

    /// <summary>How many of the input's datastreams have a value.</summary>
    public double CountOf(int input) => Members(input).Count(m => !double.IsNaN(m));

    /// <summary>Unknown when one is unknown or none is bound.</summary>
    public double SumOf(int input) => Fold(input, static (a, b) => a + b);

    /// <inheritdoc cref="SumOf"/>
    public double MinOf(int input) => Fold(input, Math.Min);

    /// <inheritdoc cref="SumOf"/>
    public double MaxOf(int input) => Fold(input, Math.Max);

    private double[] Members(int input) => _members[input] ?? [];

    private double Fold(int input, Func<double, double, double> fold)
    {
        var members = Members(input);
        return members.Length == 0 ? double.NaN : ExpressionCode.Finite(members.Aggregate(fold));
    }
}
