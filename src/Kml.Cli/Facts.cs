using System;
using Spectre.Console;

namespace Kml.Cli;

/// <summary>A table of names and values.</summary>
internal sealed class Facts
{
    private readonly Table _table;

    public Facts(string title)
    {
        _table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(title)) };
        _table.AddColumn(new TableColumn("name").NoWrap());
        _table.AddColumn("value");
        _table.HideHeaders();
    }

    public Facts Add(string name, string value)
    {
        _table.AddRow(new Text(name), new Text(value));
        return this;
    }

    public Facts Add(string name, FormattableString value) => Add(name, FormattableString.Invariant(value));

    public Facts Add(string name, ulong value) => Add(name, $"{value:N0}");

    /// <summary>Adds an identity: whether it holds, or by how much it is off.</summary>
    public Facts AddIdentity(string identity, long off) =>
        Add(identity, off == 0 ? "holds" : FormattableString.Invariant($"off by {off:+#;-#} (exact only while the disks are idle)"));

    public void Write(IAnsiConsole output) => output.Write(_table);
}
