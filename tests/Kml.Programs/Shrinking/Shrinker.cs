using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Programs.Trial;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Kml.Programs.Shrinking;

/// <summary>
/// Makes a program that differs smaller for as long as it differs: the largest parts are left out first, what is left is replaced by what it holds, and
/// expressions by their operands and by constants. What C# or the generator does not take is passed over.
/// </summary>
/// <param name="suspect">Says whether a form of the program still differs.</param>
/// <param name="model">The name of its model.</param>
internal sealed class Shrinker(Suspect suspect, string model)
{
    private readonly HashSet<string> _refused = [];

    /// <summary>Shrinks a program.</summary>
    /// <param name="source">Its file.</param>
    /// <param name="input">What it runs on.</param>
    /// <returns>The smallest that was found, and what it runs on.</returns>
    public (string Source, NamedInput Input) Shrink(string source, NamedInput input)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source);
        SyntaxTree alone = Parsed(Declarations.WithoutModelsBut(model, tree));
        tree = suspect.Difference(alone, input) is null ? tree : alone;
        Func<SyntaxTree, IEnumerable<SyntaxNode>>[] passes = [Declarations.Smaller, Statements.Smaller, Expressions.Smaller];
        int before;
        do
        {
            before = tree.Length;
            foreach (Func<SyntaxTree, IEnumerable<SyntaxNode>> pass in passes)
                tree = Exhausted(tree, input, pass);
            input = Plainer(tree, input);
        }
        while (tree.Length < before);

        SyntaxTree plain = Parsed(tree.GetRoot().NormalizeWhitespace());
        return ((suspect.Difference(plain, input) is null ? tree : plain).ToString(), input);
    }

    // A candidate that is taken makes others of those that were not tried: the pass goes on where it was, and is done when nothing of it is taken any more.
    private SyntaxTree Exhausted(SyntaxTree tree, NamedInput input, Func<SyntaxTree, IEnumerable<SyntaxNode>> pass)
    {
        bool isSmaller;
        do
        {
            isSmaller = false;
            int tried = 0;
            while (true)
            {
                SyntaxTree? next = null;
                foreach (SyntaxNode candidate in pass(tree).Skip(tried))
                {
                    SyntaxTree parsed = Parsed(candidate);
                    if (parsed.Length < tree.Length && Differs(parsed, input))
                    {
                        next = parsed;
                        break;
                    }

                    tried++;
                }

                if (next is null)
                    break;
                tree = next;
                isSmaller = true;
            }
        }
        while (isSmaller);
        return tree;
    }

    private bool Differs(SyntaxTree tree, NamedInput input)
    {
        string text = tree.ToString();
        if (_refused.Contains(text))
            return false;
        bool differs = suspect.Difference(tree, input) is not null;
        if (!differs)
            _refused.Add(text);
        return differs;
    }

    // Parsed again: a tree that was put together may not be one that C# reads in this way.
    private static SyntaxTree Parsed(SyntaxNode root) => CSharpSyntaxTree.ParseText(root.ToFullString());

    private NamedInput Plainer(SyntaxTree tree, NamedInput input)
    {
        foreach (IReadOnlyList<string> names in Parts.Of([.. input.Bits.Where(b => b.Value > 0).Select(b => b.Key)]))
        {
            NamedInput candidate = new(input.Bits.ToDictionary(b => b.Key, b => names.Contains(b.Key) ? 0 : b.Value));
            if (suspect.Difference(tree, candidate) is not null)
                input = candidate;
        }

        return new(input.Bits.Where(b => b.Value != 0).ToDictionary());
    }
}
