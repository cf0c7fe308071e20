#include "viz/layout/growing.hpp"

#include "viz/layout/free_ground.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

/// Spacing, in pixels at scale 1.
constexpr float most_empty = 190;     // of a place in which nobody stands
constexpr float least_empty = 60;     // the same, beside its title
constexpr float usual_cell = 236;     // the height that a newcomer takes where there is room
constexpr float still_enough = 0.93F; // of the height that a cell asks for

/// Ground of the old picture that becomes ground of the new one, step by step.
class Growing {
public:
    /// `look`: the one of the two in which machines are drawn as they will be.
    Growing(GroundPlan const& before, GroundPlan const& fresh, GroundPlan const& look, World const& world,
            Trace const& trace)
        : fresh_(fresh)
        , world_(world)
        , trace_(trace)
        , ground_(before)
        , is_new_look_(&look != &before) {
        Point const by{fresh.area.x - before.area.x, fresh.area.y - before.area.y};
        ground_.area = fresh.area;
        ground_.dns = around(moved(before.dns, by).centre(), look.dns.w, look.dns.h);
        ground_.columns = fresh.columns;
        ground_.unit = look.unit;
        ground_.standing = look.standing;
        ground_.titles = look.titles;
        ground_.names = look.names;
        for (Plot& plot : ground_.plots) {
            plot.box = moved(plot.box, by);
            for (Cell& cell : plot.cells)
                cell.rect = moved(cell.rect, by);
        }
    }

    std::optional<GroundPlan> grow() && {
        if (!keep_places() || !keep_machines() || !add_machines() || !add_places())
            return std::nullopt;
        return std::move(ground_);
    }

private:
    /// Those that are still there, under their new numbers. Whether there are any.
    bool keep_places() {
        std::erase_if(ground_.plots, [this](Plot& plot) {
            Plot const* const now = plot_named(fresh_, plot.name);
            if (now != nullptr)
                plot.network = now->network;
            return now == nullptr;
        });
        return !ground_.plots.empty();
    }

    [[nodiscard]] static Plot const* plot_named(GroundPlan const& ground, std::string const& name) {
        auto const found = std::find_if(ground.plots.begin(), ground.plots.end(),
                                        [&](Plot const& plot) { return plot.name == name; });
        return found == ground.plots.end() ? nullptr : &*found;
    }

    /// The same for machines. Whether each still has the room that it needs, and most of them were there.
    bool keep_machines() {
        std::size_t kept = 0;
        std::size_t all = 0;
        for (Plot& plot : ground_.plots) {
            std::vector<HostId> const machines = machines_in(world_, plot.network);
            std::size_t const before = plot.cells.size();
            std::erase_if(plot.cells, [&](Cell& cell) {
                auto const now = std::find_if(machines.begin(), machines.end(), [&](HostId host) {
                    return world_.hosts[host].name == cell.name;
                });
                if (now != machines.end())
                    cell.host = *now;
                return now == machines.end();
            });
            if (plot.cells.size() < before)
                draw_in(plot);
            if (!plot.cells.empty() && !has_room(plot, machines.size()))
                return false;
            kept += plot.cells.size();
        }
        for (Plot const& plot : fresh_.plots)
            all += plot.cells.size();
        return 2 * kept >= all;
    }

    /// What somebody left at the foot of a place is not its ground any more.
    void draw_in(Plot& plot) const {
        float foot = plot.box.y + std::min(plot.box.h, ground_.px(most_empty));
        for (std::size_t i = 0; i < plot.cells.size(); ++i) {
            if (plot.cells[i].column != plot.cells.front().column)
                return; // a wide one
            foot = i == 0 ? plot.cells[i].rect.bottom() : std::max(foot, plot.cells[i].rect.bottom());
        }
        plot.box.h = foot - plot.box.y;
    }

    /// For a mailbox that it has now, where there is free ground below.
    void reach_down(Plot& plot, Cell& cell) const {
        float const more = std::ceil(least_height(ground_, true) - cell.rect.h);
        if (more <= 0 || is_wide(plot) || free_below(ground_, plot.box) < more)
            return;
        cell.rect.h += more;
        plot.box.h += more;
    }

    /// A title that has become higher takes from the upper cells. Whether each cell is still high enough
    /// where more is asked of it now.
    bool has_room(Plot& plot, std::size_t machines) {
        float const title = ground_.px(title_height(ground_.titles, world_, plot.network, machines));
        float const top = plot.box.y + plot.title;
        for (Cell& cell : plot.cells) {
            if (cell.rect.y < top + 1) {
                cell.rect.h += plot.title - title;
                cell.rect.y += title - plot.title;
            }
            bool const mailbox = shows_mailbox(world_, trace_, cell.host);
            bool const is_lower = title > plot.title || is_new_look_;
            if (is_lower && cell.rect.h < least_height(ground_, mailbox && cell.mailbox) * still_enough)
                return false;
            if (mailbox && !cell.mailbox && &cell == &plot.cells.back())
                reach_down(plot, cell);
            cell.mailbox = mailbox; // where there is no room for it, the line below the name tells of it
        }
        plot.title = title;
        plot.titled = title > ground_.px(spacing::no_label);
        return true;
    }

    bool add_machines() {
        for (Plot& plot : ground_.plots)
            for (HostId const host : machines_in(world_, plot.network))
                if (std::none_of(plot.cells.begin(), plot.cells.end(),
                                 [host](Cell const& cell) { return cell.host == host; }) &&
                    !add_machine(plot, host))
                    return false;
        return true;
    }

    [[nodiscard]] Cell cell_for(HostId host) const {
        return {.host = host,
                .name = world_.hosts[host].name,
                .rect = {},
                .mailbox = shows_mailbox(world_, trace_, host)};
    }

    /// Where somebody has left room, else below those that are there, else above them; where there is no free
    /// ground, those in the same place move closer together, else those in the same column.
    bool add_machine(Plot& plot, HostId host) {
        if (!is_name_short_enough(plot, host))
            return false;
        Cell cell = cell_for(host);
        float const least = least_height(ground_, cell.mailbox);
        if (plot.cells.empty()) {
            std::size_t const machines = machines_in(world_, plot.network).size();
            plot.title = ground_.px(title_height(ground_.titles, world_, plot.network, machines));
            plot.titled = plot.title > ground_.px(spacing::no_label);
            float const height = std::max(plot.box.h, std::min(plot.title + ground_.px(usual_cell),
                                                               free_below(ground_, plot.box) + plot.box.h));
            plot.box.h = height;
            cell.rect = {plot.box.x, plot.box.y + plot.title, plot.box.w, height - plot.title};
            cell.column = column_at(plot.box.x);
            plot.cells.push_back(std::move(cell));
            return height - plot.title >= least || share_column(plot.box.x);
        }
        cell.column = plot.cells.front().column;
        if (is_wide(plot))
            return false;
        cell.rect = plot.cells.front().rect;
        if (auto const hole = hole_in(plot, least)) {
            cell.rect = *hole;
        } else if (float const below = free_below(ground_, plot.box); below >= least) {
            cell.rect.h = std::floor(std::min(below, std::max(least, usual_height(plot))));
            cell.rect.y = plot.box.bottom();
            plot.box.h += cell.rect.h;
        } else if (float const above = free_above(ground_, plot.box); above >= least) {
            cell.rect.h = std::floor(std::min(above, std::max(least, usual_height(plot))));
            plot.box.y -= cell.rect.h;
            plot.box.h += cell.rect.h;
            cell.rect.y = plot.box.y + plot.title;
        } else {
            plot.cells.push_back(std::move(cell));
            return share_place(plot) || share_column(plot.box.x);
        }
        plot.cells.push_back(std::move(cell));
        return true;
    }

    [[nodiscard]] static bool is_wide(Plot const& plot) {
        return std::any_of(plot.cells.begin(), plot.cells.end(),
                           [&](Cell const& cell) { return cell.column != plot.cells.front().column; });
    }

    /// What the cells of the place ask for.
    [[nodiscard]] float least_of(Plot const& plot) const {
        float least = 0;
        for (Cell const& cell : plot.cells)
            least += least_height(ground_, cell.mailbox);
        return least;
    }

    /// Its machines move closer together. Whether there is room enough.
    bool share_place(Plot& plot) const {
        float const room = plot.box.h - plot.title;
        float const least = least_of(plot);
        if (room < least * still_enough)
            return false;
        float y = plot.box.y + plot.title;
        for (Cell& cell : plot.cells) {
            cell.rect.y = y;
            cell.rect.h = room * least_height(ground_, cell.mailbox) / least;
            y = cell.rect.bottom();
        }
        return true;
    }

    /// The places of a column share its height anew. Whether there is room enough.
    bool share_column(float x) {
        std::vector<Plot*> plots;
        for (Plot& plot : ground_.plots)
            if (plot.box.x == x)
                plots.push_back(&plot);
        std::sort(plots.begin(), plots.end(),
                  [](Plot const* a, Plot const* b) { return a->box.y < b->box.y; });
        float least = 0;
        for (Plot const* plot : plots) {
            if (is_wide(*plot))
                return false;
            least += plot->title + std::max(least_of(*plot), ground_.px(least_empty));
        }
        float const gaps = gap_of(ground_) * static_cast<float>(plots.size() - 1);
        float const spread = (height_for(plots.front()->box, least + gaps) - gaps) / least;
        if (spread < 1)
            return false;
        float y = ground_.area.y;
        for (Plot* plot : plots) {
            float const asked = plot->title + std::max(least_of(*plot), ground_.px(least_empty));
            float const most =
                plot->title +
                ground_.px(usual_cell) * static_cast<float>(std::max<std::size_t>(plot->cells.size(), 1));
            plot->box.y = std::floor(y);
            plot->box.h = std::floor(std::min(spread * asked, most));
            y = plot->box.bottom() + gap_of(ground_);
            if (!plot->cells.empty() && !share_place(*plot))
                return false;
        }
        if (is_above_dns(plots.front()->box))
            ground_.dns.y = std::max(ground_.dns.y, y);
        return true;
    }

    [[nodiscard]] bool is_above_dns(Rect const& column) const {
        return ground_.dns.w > 0 && ground_.dns.x < column.right() && column.x < ground_.dns.right();
    }

    /// How high the column may become. The DNS steps back as far as it must, and where that is not enough to
    /// where it would stand if all were new.
    float height_for(Rect const& column, float wanted) {
        if (!is_above_dns(column))
            return ground_.area.h;
        float const above = ground_.area.h - ground_.dns.h - gap_of(ground_);
        bool const has_another = fresh_.dns.right() <= column.x || column.right() <= fresh_.dns.x;
        if (above >= wanted || !has_another)
            return above;
        ground_.dns = fresh_.dns;
        for (Plot const& plot : ground_.plots)
            if (plot.box.overlaps(fresh_.dns.inset(-gap_of(ground_) / 2)) && !share_column(plot.box.x))
                return 0;
        return ground_.area.h;
    }

    /// Whether the name fits as well as those of the others do.
    [[nodiscard]] bool is_name_short_enough(Plot const& plot, HostId host) const {
        auto const letters = static_cast<float>(label_of(world_, host).size());
        return ground_.names == Names::brief || ground_.px(letters * spacing::width_of_letter) <= plot.box.w;
    }

    /// Newcomers are as high as those that they stand among, or a little less.
    [[nodiscard]] float usual_height(Plot const& plot) const {
        float height = ground_.px(usual_cell);
        for (Cell const& cell : plot.cells)
            height = std::min(height, cell.rect.h);
        return height;
    }

    [[nodiscard]] std::size_t column_at(float x) const {
        for (Plot const& plot : ground_.plots)
            for (Cell const& cell : plot.cells)
                if (cell.rect.x == x)
                    return cell.column;
        std::size_t column = 0; // a new one: behind all to the left, of which a wide place has several
        for (Plot const& plot : ground_.plots)
            for (Cell const& cell : plot.cells)
                if (cell.rect.x < x)
                    column = std::max(column, cell.column + 1);
        return column;
    }

    bool add_places() {
        for (Plot const& plot : fresh_.plots)
            if (plot_named(ground_, plot.name) == nullptr && !add_place(plot))
                return false;
        return true;
    }

    /// In a column that there is, below or above all that stands there, or in a new one to the right; as near
    /// as can be to where it would stand if all were new.
    bool add_place(Plot const& fresh) {
        std::vector<HostId> const machines = machines_in(world_, fresh.network);
        Plot plot{.network = fresh.network, .name = fresh.name, .box = {}, .cells = {}};
        plot.title = ground_.px(title_height(ground_.titles, world_, fresh.network, machines.size()));
        plot.titled = plot.title > ground_.px(spacing::no_label);
        float least = plot.title;
        float wanted = plot.title;
        for (HostId const host : machines) {
            least += least_height(ground_, shows_mailbox(world_, trace_, host));
            wanted += std::max(ground_.px(usual_cell), least_height(ground_, true));
        }
        if (machines.empty())
            least = wanted = ground_.px(std::min(empty_height(ground_.titles), most_empty / 2));
        auto const box = free_plot(ground_, least, wanted, fresh.box.centre());
        if (!box)
            return false;
        plot.box = *box;
        std::size_t const column = column_at(box->x);
        float const height =
            (box->h - plot.title) / static_cast<float>(std::max<std::size_t>(machines.size(), 1));
        for (std::size_t i = 0; i < machines.size(); ++i) {
            if (!is_name_short_enough(plot, machines[i]))
                return false;
            Cell cell = cell_for(machines[i]);
            cell.column = column;
            cell.rect = {box->x, box->y + plot.title + static_cast<float>(i) * height, box->w, height};
            plot.cells.push_back(std::move(cell));
        }
        ground_.plots.push_back(std::move(plot));
        return true;
    }

    GroundPlan const& fresh_;
    World const& world_;
    Trace const& trace_;
    GroundPlan ground_;
    bool is_new_look_ = false;
};

/// Whether a place or a machine of the ground is not in the world any more.
bool has_lost(GroundPlan const& ground, World const& world) {
    auto const is_there = [](auto const& table, std::string const& name) {
        return std::any_of(table.begin(), table.end(), [&](auto const& one) { return one.name == name; });
    };
    return std::any_of(ground.plots.begin(), ground.plots.end(), [&](Plot const& plot) {
        return !is_there(world.networks, plot.name) ||
               std::any_of(plot.cells.begin(), plot.cells.end(),
                           [&](Cell const& cell) { return !is_there(world.hosts, cell.name); });
    });
}

bool draws_larger(GroundPlan const& a, GroundPlan const& b) {
    return a.standing != b.standing ? a.standing < b.standing : a.unit > b.unit * 1.001F;
}

} // namespace

bool can_grow(GroundPlan const& before, GroundPlan const& fresh, World const& world) {
    return before.area.w == fresh.area.w && before.area.h == fresh.area.h && before.scale == fresh.scale &&
           !before.plots.empty() && !fresh.plots.empty() &&
           !(draws_larger(fresh, before) && has_lost(before, world));
}

std::optional<GroundPlan> grown_from(GroundPlan const& before, GroundPlan const& fresh, World const& world,
                                     Trace const& trace) {
    if (!can_grow(before, fresh, world) || (before.dns.w > 0) != (fresh.dns.w > 0))
        return std::nullopt;
    auto grown = Growing{before, fresh, before, world, trace}.grow();
    return grown ? std::move(grown) : Growing{before, fresh, fresh, world, trace}.grow();
}

} // namespace mailflow::viz
