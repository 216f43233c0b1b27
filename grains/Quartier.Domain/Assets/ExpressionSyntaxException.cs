namespace Quartier.Domain.Assets;

/// <summary>Ends the parsing of one expression; never leaves <see cref="ExpressionParser"/>.</summary>
internal sealed class ExpressionSyntaxException(int position, string message) : Exception(message)
{
    public int Position { get; } = position;
}
