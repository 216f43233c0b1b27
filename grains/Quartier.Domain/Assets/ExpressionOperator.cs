namespace Quartier.Domain.Assets;

/// <summary>Operators between two values.</summary>
internal enum ExpressionOperator : byte
{
    Or,
    And,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
}
