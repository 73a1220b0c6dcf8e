using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Kml.Generators.Tests.Harness;

/// <summary>A source as it is while somebody types: the same variants at every run.</summary>
internal sealed class HalfTyped
{
    /// <summary>How many variants there are of a source.</summary>
    public const int Variants = 10;

    private static readonly Func<HalfTyped, string>[] Ways =
    [
        v => v._source[..v.Token().Span.End],
        v => v.With(v.Token().Span, string.Empty),
        v => v.Doubled(v.Token()),
        v => v.With(v.Token(IsBrace).Span, string.Empty),
        v => v.HalfName(v.Token(t => t.IsKind(SyntaxKind.IdentifierToken) && t.Span.Length > 1)),
        v => v.HalfStatement(),
        v => v.Mistyped(v.Token(t => t.Parent is LiteralExpressionSyntax)),
        v => v.Swapped(),
    ];

    private static readonly string[] Slips = ["{0}x", "{0}.", "0x{0}", "{0}_", "'{0}", "\"{0}", "{0}{0}{0}{0}{0}{0}", "-", ""];

    private readonly string _source;
    private readonly Random _random;
    private readonly SyntaxNode _root;
    private readonly SyntaxToken[] _tokens;

    private HalfTyped(string source, Random random, CSharpParseOptions options)
    {
        _source = source;
        _random = random;
        _root = CSharpSyntaxTree.ParseText(source, options).GetRoot();
        _tokens = [.. _root.DescendantTokens().Where(t => !t.IsKind(SyntaxKind.EndOfFileToken))];
    }

    /// <summary>The variants of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="seed">Chooses them.</param>
    /// <param name="options">Its language.</param>
    public static IEnumerable<string> Of(string source, int seed, CSharpParseOptions options)
    {
        HalfTyped typed = new(source, new Random(seed), options);
        return Enumerable.Range(seed * Variants, Variants).Select(i => Ways[i % Ways.Length](typed)).ToList();
    }

    private static bool IsBrace(SyntaxToken token) => token.Kind()
        is SyntaxKind.OpenBraceToken or SyntaxKind.CloseBraceToken
        or SyntaxKind.OpenParenToken or SyntaxKind.CloseParenToken
        or SyntaxKind.OpenBracketToken or SyntaxKind.CloseBracketToken;

    private SyntaxToken Token(Func<SyntaxToken, bool>? fits = null) => Any(fits is null ? _tokens : [.. _tokens.Where(fits)]);

    private T Any<T>(T[] items) => items[_random.Next(items.Length)];

    private string With(TextSpan span, string text) => string.Concat(_source.AsSpan(0, span.Start), text, _source.AsSpan(span.End));

    private string Doubled(SyntaxToken token) => With(token.Span, $"{token.Text} {token.Text}");

    private string HalfName(SyntaxToken name) => With(name.Span, name.Text[..(name.Text.Length / 2)]);

    private string Mistyped(SyntaxToken literal) => With(literal.Span, string.Format(null, Any(Slips), literal.Text));

    private string HalfStatement()
    {
        SyntaxNode whole = Any([.. _root.DescendantNodes().Where(n => n is ArrowExpressionClauseSyntax or StatementSyntax and not BlockSyntax)]);
        return With(TextSpan.FromBounds(Any([.. whole.DescendantTokens()]).Span.End, whole.Span.End), string.Empty);
    }

    private string Swapped()
    {
        string[] lines = _source.Split('\n');
        int at = _random.Next(1, lines.Length - 1);
        (lines[at], lines[at - 1]) = (lines[at - 1], lines[at]);
        return string.Join('\n', lines);
    }
}
